-- One row that counts every change of posts, people, leave and authorisations: who kept what a caller may do asks it whether that still holds.

create table org.revision (
  single boolean primary key default true check (single),
  n      bigint not null
);
insert into org.revision (n) values (1);
comment on table org.revision is '机构、岗位、任职、请假、授权变更的计数，只有一行';
comment on column org.revision.single is '恒为真：只有一行';
comment on column org.revision.n is '变更次数';

create function org.count_change() returns trigger
language plpgsql security definer
set search_path = pg_catalog
as $$
begin
  update org.revision set n = n + 1;
  return null;
end
$$;
comment on function org.count_change is '任何变更使计数加一';

create trigger counted after insert or update or delete or truncate on org.organisation for each statement execute function org.count_change();
create trigger counted after insert or update or delete or truncate on org.person for each statement execute function org.count_change();
create trigger counted after insert or update or delete or truncate on org.role for each statement execute function org.count_change();
create trigger counted after insert or update or delete or truncate on org.post for each statement execute function org.count_change();
create trigger counted after insert or update or delete or truncate on org.holding for each statement execute function org.count_change();
create trigger counted after insert or update or delete or truncate on org.leave for each statement execute function org.count_change();
create trigger counted after insert or update or delete or truncate on org.authorisation for each statement execute function org.count_change();
