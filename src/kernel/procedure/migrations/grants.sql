grant usage on schema procedure to mingtang_app;
grant select, insert on procedure.definition to mingtang_app;
