-- Notices are facts: they are added and superseded, never changed.
grant usage on schema calendar to mingtang_app;
grant select, insert on calendar.notice, calendar.day to mingtang_app;
