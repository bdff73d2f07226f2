grant usage on schema ledger to mingtang_app, mingtang_sequencer, mingtang_retention;

grant select, insert on ledger.entry, ledger.pending, ledger.opening to mingtang_app;
grant select on ledger.position, ledger.subtree, ledger.checkpoint, ledger.head to mingtang_app;

grant select on ledger.entry, ledger.position, ledger.subtree, ledger.pending, ledger.checkpoint, ledger.head to mingtang_sequencer;
grant insert on ledger.position, ledger.subtree, ledger.checkpoint to mingtang_sequencer;
grant delete on ledger.pending to mingtang_sequencer;
grant update (size, origin, key) on ledger.head to mingtang_sequencer;

grant select, delete on ledger.opening to mingtang_retention;
grant select on ledger.entry to mingtang_retention;
