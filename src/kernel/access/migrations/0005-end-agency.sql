-- An agency ends the moment the power of attorney is taken back, not with the day; one that ended no longer stands in the way of a new one.
alter table access.agency add column authority_file_id uuid;
alter table access.agency add column ended_at timestamptz;
comment on column access.agency.authority_file_id is '授权委托书扫描件（files.file）；注册时自行申报的和早先登记的为空';
comment on column access.agency.ended_at is '提前终止时刻；空为未终止';
alter table access.agency drop constraint one_agency_at_a_time;
alter table access.agency add constraint one_agency_at_a_time exclude using gist (account_id with =, party_id with =, daterange(valid_from, valid_to, '[]') with &&) where (ended_at is null);
create index agency_party on access.agency (party_id);
create index agency_authority on access.agency (authority_file_id) where authority_file_id is not null;

create or replace function access.caller(token bytea, at timestamptz, on_day date) returns jsonb
language plpgsql stable parallel safe
as $$
declare
  s record;
  posts jsonb;
begin
  select x.id as session_id, x.last_seen_at, a.id as account_id, a.kind, a.username, a.person_id, a.party_id, a.acting_party_id, a.real_name_level
    into s
    from access.session x
    join access.account a on a.id = x.account_id
   where x.token_hash = token
     and x.revoked_at is null
     and x.expires_at > at
     and x.last_seen_at + make_interval(secs => x.idle_seconds) > at
     and a.status = 'active';
  if not found then
    return null;
  end if;

  if s.kind = 'officer' then
    posts := org.held_posts(s.person_id, on_day);
    return (
      select jsonb_build_object(
               'kind', 'officer',
               'accountId', s.account_id,
               'sessionId', s.session_id,
               'personId', n.id,
               'name', n.name_zh,
               'posts', posts,
               'authorisations', org.authorisations_of(n.id, posts, on_day),
               'touch', s.last_seen_at < at - interval '60 seconds')
        from org.person n
       where n.id = s.person_id
         and on_day >= n.valid_from and (n.valid_to is null or on_day <= n.valid_to));
  end if;

  return (
    select jsonb_build_object(
             'kind', 'applicant',
             'accountId', s.account_id,
             'sessionId', s.session_id,
             'name', coalesce(acting.name, own.name),
             'partyId', coalesce(acting.id, own.id),
             'ownPartyId', own.id,
             'partyIds', (select jsonb_agg(p.id) from (
                            select coalesce(acting.id, own.id) as id
                            union
                            select m.id from access.party m where m.merged_into = coalesce(acting.id, own.id)) p),
             'scope', coalesce(to_jsonb(acting.scope), '[]'),
             'level', s.real_name_level,
             'permissions', (select to_jsonb(r.permissions) from org.role r where r.code = case when acting.id is null then 'applicant' else 'agent' end),
             'touch', s.last_seen_at < at - interval '60 seconds')
      from access.party own
      left join lateral (
        select p.id, p.name, g.scope
          from access.agency g
          join access.party p on p.id = g.party_id
         where g.account_id = s.account_id and g.party_id = s.acting_party_id and g.ended_at is null
           and on_day >= g.valid_from and (g.valid_to is null or on_day <= g.valid_to)
      ) acting on true
     where own.id = s.party_id);
end
$$;
