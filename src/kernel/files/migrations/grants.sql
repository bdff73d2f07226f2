grant usage on schema files to mingtang_app;
grant select, insert, delete on files.file to mingtang_app;
grant update (stored) on files.file to mingtang_app;
grant select, insert on files.use to mingtang_app;
