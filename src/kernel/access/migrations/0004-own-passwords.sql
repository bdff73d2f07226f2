alter table access.account add column must_change_password boolean not null default false;
comment on column access.account.must_change_password is '口令由管理员设定，本人更改之前不能登录';

-- Failures from where the holder has signed in before are counted apart, so that strangers cannot lock the holder out.
alter table access.sign_in_failure add column account_id uuid references access.account;
comment on column access.sign_in_failure.account_id is '所涉账户；用户名不存在时为空';
comment on column access.sign_in_failure.name_hash is '用户名的 SHA-256；来自该账户登录过的地址时，为用户名与地址的 SHA-256';
create index sign_in_failure_account on access.sign_in_failure (account_id) where account_id is not null;
create index session_place on access.session (account_id, ip_hash);
