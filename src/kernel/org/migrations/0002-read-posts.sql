-- Bodies are PL/pgSQL because its plans are kept for the session; an SQL function of this size is planned anew by every query.

create function org.held_posts(holder uuid, on_day date) returns jsonb
language plpgsql stable parallel safe
as $$
begin
  if exists (select from org.leave l where l.person_id = holder and on_day between l.valid_from and l.valid_to) then
    return '[]';
  end if;
  return coalesce((
    select jsonb_agg(jsonb_build_object(
             'postId', p.id,
             'code', p.code,
             'name', jsonb_build_object('zh', p.name_zh, 'en', p.name_en),
             'role', p.role,
             'organisationId', o.id,
             'organisationCode', o.code,
             'organisationName', jsonb_build_object('zh', o.name_zh, 'en', o.name_en),
             'organisationKind', o.kind,
             'cover', h.cover,
             'standingInFor', case when h.cover = 'B' and not present.it then a.person_id end,
             'permissions', to_jsonb(r.permissions),
             'underAuthorisation', to_jsonb(r.under_authorisation)
           ) order by h.cover, o.code, p.code)
      from org.holding h
      join org.person n on n.id = h.person_id
      join org.post p on p.id = h.post_id
      join org.organisation o on o.id = p.organisation_id
      join org.role r on r.code = p.role
      left join org.holding a on h.cover = 'B' and a.post_id = h.post_id and a.cover = 'A'
                             and on_day >= a.valid_from and (a.valid_to is null or on_day <= a.valid_to)
      left join org.person an on an.id = a.person_id
      cross join lateral (
        select a.id is not null
           and on_day >= an.valid_from and (an.valid_to is null or on_day <= an.valid_to)
           and not exists (select from org.leave l where l.person_id = a.person_id and on_day between l.valid_from and l.valid_to) as it
      ) present
     where h.person_id = holder
       and on_day >= h.valid_from and (h.valid_to is null or on_day <= h.valid_to)
       and on_day >= n.valid_from and (n.valid_to is null or on_day <= n.valid_to)
       and on_day >= p.valid_from and (p.valid_to is null or on_day <= p.valid_to)
       and on_day >= o.valid_from and (o.valid_to is null or on_day <= o.valid_to)
       and (h.cover = 'A' or p.b_alongside or not present.it)
  ), '[]');
end
$$;
comment on function org.held_posts is '某人某日可以履职的岗位：本人请假则无；B 岗仅在 A 岗缺位（或岗位规定可同时履职）时有';

create function org.authorisations_of(holder uuid, posts jsonb, on_day date) returns jsonb
language plpgsql stable parallel safe
as $$
declare
  organisations uuid[] := array(select distinct (p ->> 'organisationId')::uuid from jsonb_array_elements(posts) p);
begin
  return coalesce((
    select jsonb_agg(jsonb_build_object(
             'id', z.id,
             'kind', z.kind,
             'fromOrganisationId', z.from_organisation_id,
             'toOrganisationId', z.to_organisation_id,
             'toPersonId', z.to_person_id,
             'items', to_jsonb(z.items),
             'acts', to_jsonb(z.acts),
             'version', z.version
           ) order by z.valid_from, z.id)
      from org.authorisation z
     where (z.to_person_id = holder or z.to_organisation_id = any (organisations))
       and on_day between z.valid_from and z.valid_to
       and (z.revoked_on is null or on_day < z.revoked_on)
       and exists (
             select from org.organisation o
              where o.id = z.from_organisation_id
                and on_day >= o.valid_from and (o.valid_to is null or on_day <= o.valid_to))
  ), '[]');
end
$$;
comment on function org.authorisations_of is '某日有效的委托与授权：授予本人的，以及授予其任岗机构的';
