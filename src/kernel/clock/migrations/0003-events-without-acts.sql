-- What an act does to a clock stands in the act and, dated, on the clock itself. An event says what befell the clock without one:
-- a light announced, a day moved by a notice.
delete from clock.event where kind not in ('announced', 'redated');
alter table clock.event alter column kind type text;
drop domain clock.event_kind;
create domain clock.event_kind as text check (value in ('announced', 'redated'));
alter table clock.event alter column kind type clock.event_kind, drop column ground, drop column actor_post;
comment on domain clock.event_kind is '时限上的事件';
comment on table clock.event is '未经行为而发生在时限上的事：灯色宣布、依假日通知改期；只增不改';

-- Code counts, the calendar is its own; what no code path can write need not be asked of every row.
alter table clock.clock
  drop constraint clock_budget_check,
  drop constraint clock_consumed_check;
