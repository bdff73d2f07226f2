grant usage on schema catalog to mingtang_app;
-- A published guide is not rewritten: the program may only add a version, or close one.
grant select, insert on catalog.item_version, catalog.form to mingtang_app;
grant update (state, effective_to, reason) on catalog.item_version to mingtang_app;
grant select, insert, update on catalog.approved_fee, catalog.kept_intermediary to mingtang_app;
grant select on catalog.revision to mingtang_app;
