-- Entry, opening and pending come in one statement or not at all, and nothing deletes an entry: the foreign keys between them only cost.
-- `ledger.position` keeps its own, written by the sequencer in batches.
alter table ledger.pending drop constraint pending_entry_fkey;
alter table ledger.opening drop constraint opening_entry_fkey;

-- A matter's entries are found by its `ref`, which (ref, seq) indexes already.
drop index ledger.entry_of_matter;
