grant usage on schema access to mingtang_app;
grant select, insert, update on access.party, access.account, access.agency, access.session, access.invite to mingtang_app;
-- A lapsed session, a lifted lock: nothing of lasting meaning.
grant delete on access.session to mingtang_app;
grant select, insert, update, delete on access.sign_in_failure to mingtang_app;
-- Append-only: who read and who signed in cannot be altered by the program that is watched (GB/T 22239-2019 §8.1.4).
grant select, insert on access.event, access.read_record to mingtang_app;
