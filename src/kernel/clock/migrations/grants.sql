-- Rules belong to the owner's upsert; events are history.
grant usage on schema clock to mingtang_app;
grant select on clock.rule to mingtang_app;
grant select, insert, update on clock.clock to mingtang_app;
grant select, insert on clock.event to mingtang_app;
