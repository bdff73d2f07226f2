create schema ledger;
comment on schema ledger is '公开日志：条目、位置、检查点';

create table ledger.entry (
  id        uuid primary key,
  ref       text not null check (ref ~ '^[0-9a-f]{32}$'),
  seq       integer not null check (seq >= 0),
  matter_id uuid,
  act       text not null,
  at        timestamptz not null,
  leaf      text not null,
  leaf_hash bytea not null,
  constraint entry_once unique (ref, seq),
  constraint entry_fits_bundle check (octet_length(leaf) <= 8192),
  -- What is sequenced is the hash of what is published, whoever wrote the row.
  constraint entry_hash_of_leaf check (leaf_hash = sha256('\x00'::bytea || convert_to(leaf, 'UTF8')))
);
create index entry_of_matter on ledger.entry (matter_id, seq) where matter_id is not null;

comment on table ledger.entry is '日志条目：每个行为一条，只增不改';
comment on column ledger.entry.id is '条目标识，即回执编号';
comment on column ledger.entry.ref is '事项在公开日志中的随机标识（128 位，十六进制）';
comment on column ledger.entry.seq is '该事项的第几个行为';
comment on column ledger.entry.matter_id is '内部事项标识；不属于任何事项时为空';
comment on column ledger.entry.act is '行为代码';
comment on column ledger.entry.at is '行为时刻';
comment on column ledger.entry.leaf is '公开叶子的原文（RFC 8785 JSON，至多 8192 字节，不含个人信息）';
comment on column ledger.entry.leaf_hash is '叶子哈希：SHA-256(0x00 ‖ 原文)';

create table ledger.position (
  index     bigint primary key check (index >= 0),
  entry     uuid not null unique references ledger.entry (id),
  leaf_hash bytea not null check (octet_length(leaf_hash) = 32)
);
comment on table ledger.position is '条目在日志中的位置：由排序者编号，从 0 起连续，只增不改';
comment on column ledger.position.index is '位置，从 0 起';
comment on column ledger.position.entry is '条目';
comment on column ledger.position.leaf_hash is '叶子哈希';

create table ledger.subtree (
  level smallint not null check (level >= 1),
  index bigint not null check (index >= 0),
  hash  bytea not null check (octet_length(hash) = 32),
  primary key (level, index)
);
comment on table ledger.subtree is '满瓦片的根：可由 ledger.position 重算，存下来是为了不必重算';
comment on column ledger.subtree.level is '瓦片层级，1 起；每个值代表 256 的 level 次方个叶子';
comment on column ledger.subtree.index is '在该层级中的序号，从 0 起';
comment on column ledger.subtree.hash is '子树根哈希';

create table ledger.pending (
  entry uuid primary key references ledger.entry (id),
  added bigint generated always as identity
);
comment on table ledger.pending is '已提交而尚未编号的条目；由行为插入，只由排序者删除';
comment on column ledger.pending.entry is '条目';
comment on column ledger.pending.added is '插入的先后；提交可能晚于后插入者，所以不作游标，只作排列';

create table ledger.opening (
  entry   uuid primary key references ledger.entry (id),
  salt    bytea not null check (octet_length(salt) = 32),
  -- json, not jsonb: the text is kept as it was, with \u0000 and lone surrogates that jsonb would refuse.
  private json not null
);
comment on table ledger.opening is '承诺的开启：盐与不公开的事实；到期由留存角色删除，证明仍然有效';
comment on column ledger.opening.entry is '条目';
comment on column ledger.opening.salt is '32 字节随机盐';
comment on column ledger.opening.private is '不公开的事实；承诺 = SHA-256(盐 ‖ 其 RFC 8785 文本)';

create table ledger.checkpoint (
  origin       text not null,
  size         bigint not null check (size >= 0),
  root         bytea not null check (octet_length(root) = 32),
  note         text not null,
  published_at timestamptz not null default clock_timestamp(),
  primary key (origin, size)
);
comment on table ledger.checkpoint is '已签名的检查点；提交之后才算公布';
comment on column ledger.checkpoint.origin is '日志名称（来源行）';
comment on column ledger.checkpoint.size is '条目数';
comment on column ledger.checkpoint.root is '树根哈希';
comment on column ledger.checkpoint.note is '签名文本（C2SP signed note）';
comment on column ledger.checkpoint.published_at is '写入时刻';

create table ledger.head (
  lone   boolean primary key default true check (lone),
  size   bigint not null default 0 check (size >= 0),
  origin text,
  key    text,
  constraint head_named_whole check ((origin is null) = (key is null))
);
comment on table ledger.head is '树的当前大小：比较后交换，因此日志不会分叉；只有一行';
comment on column ledger.head.lone is '恒为真，保证只有一行';
comment on column ledger.head.size is '条目数';
comment on column ledger.head.origin is '日志名称；首个检查点时固定';
comment on column ledger.head.key is '验证公钥（name+hash+base64）；首个检查点时固定';

insert into ledger.head default values;
