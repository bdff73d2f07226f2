grant usage on schema org to mingtang_app;
-- Nothing here is deleted: what ends is closed by its last day. Roles and their permissions are written by the owner alone.
grant select, insert, update on org.organisation, org.site, org.counter, org.person, org.post, org.holding, org.leave, org.authorisation to mingtang_app;
grant select on org.role, org.role_version to mingtang_app;
grant select, insert on org.change to mingtang_app;
grant select on org.revision to mingtang_app;
