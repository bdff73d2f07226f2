grant usage on schema replay to mingtang_app;
grant select, insert on replay.event to mingtang_app;
