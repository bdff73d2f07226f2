grant usage on schema flow to mingtang_app;
grant select, insert, update on flow.matter, flow.task, flow.counter to mingtang_app;
grant select, insert on flow.act to mingtang_app;
grant select, insert, delete on flow.idempotency to mingtang_app;
grant select, insert, update, delete on flow.timer to mingtang_app;
