-- An act writes its rows in one statement behind one gate on the matter it has just read: a foreign key would only look that matter up
-- once more for every row. `audit` finds whatever was written past the acts.
alter table flow.task drop constraint task_matter_id_fkey;
alter table flow.act drop constraint act_matter_id_fkey;
alter table flow.timer drop constraint timer_matter_id_fkey;

-- One entry per (matter, revision) is what the primary key says already; nobody lists acts by time across matters.
alter table flow.act drop constraint act_entry_id_key;
drop index flow.act_by_time;

-- As domains: a check of a table is read and planned anew by every statement, that of a domain once per connection.
create domain flow.task_state as text check (value in ('open', 'claimed', 'done', 'cancelled'));
create domain flow.actor_kind as text check (value in ('officer', 'applicant', 'system', 'outsider'));
alter table flow.task drop constraint task_state_check, alter column state type flow.task_state;
alter table flow.act drop constraint act_actor_kind_check, alter column actor_kind type flow.actor_kind;
comment on domain flow.task_state is '环节状态：待办、已领、已办、已取消';
comment on domain flow.actor_kind is '行为人：工作人员、申请人、系统、外部';
