-- Whether a session still stands, and whether what was kept of its officer still holds: two index look-ups where `access.caller` joins all.

create function access.standing(token bytea, at timestamptz) returns table (account_id uuid, touch boolean, revision bigint)
language sql stable parallel safe
as $$
  select a.id, x.last_seen_at < at - interval '60 seconds', (select r.n from org.revision r)
    from access.session x
    join access.account a on a.id = x.account_id
   where x.token_hash = token
     and x.revoked_at is null
     and x.expires_at > at
     and x.last_seen_at + make_interval(secs => x.idle_seconds) > at
     and a.status = 'active'
$$;
comment on function access.standing is '会话是否仍然有效，以及机构岗位变更的计数';
