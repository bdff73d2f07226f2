create table cases.vertical (
  matter_id    uuid primary key references flow.matter,
  item_code    text not null,
  batch_id     uuid not null,
  handed_on    date not null,
  handed_by    uuid not null,
  state        text not null check (state in ('away', 'returned', 'decided', 'issued')),
  external_no  text,
  last_status  text,
  last_on      date
);
create index vertical_by_state on cases.vertical (state, handed_on);
create index vertical_by_batch on cases.vertical (batch_id);
create index vertical_by_number on cases.vertical (item_code, external_no) where external_no is not null;
comment on table cases.vertical is '转办垂直业务系统的办件：何时由谁转出、对方编号、最近状态';
comment on column cases.vertical.matter_id is '办件';
comment on column cases.vertical.item_code is '事项编码';
comment on column cases.vertical.batch_id is '最近一次转办的批次';
comment on column cases.vertical.handed_on is '最近一次转办之日（Asia/Shanghai 民用日）';
comment on column cases.vertical.handed_by is '转办人';
comment on column cases.vertical.state is '所处：away 对方办理中、returned 对方退回待重新转办、decided 对方已决定、issued 证照编号已回';
comment on column cases.vertical.external_no is '对方系统的编号；尚未回传则为空';
comment on column cases.vertical.last_status is '最近一次回传的状态';
comment on column cases.vertical.last_on is '最近一次回传状态的日期';

create table cases.vertical_batch (
  id         uuid primary key,
  no         text not null,
  made_at    timestamptz not null,
  made_by    uuid not null
);
create index vertical_batch_recent on cases.vertical_batch (made_at desc);
comment on table cases.vertical_batch is '转办批次：一次转出的办件，可反复下载同一份交换文件';
comment on column cases.vertical_batch.id is '批次的标识';
comment on column cases.vertical_batch.no is '批次号';
comment on column cases.vertical_batch.made_at is '转出的时刻';
comment on column cases.vertical_batch.made_by is '转办人';

create table cases.vertical_batch_case (
  batch_id   uuid not null references cases.vertical_batch,
  matter_id  uuid not null references flow.matter,
  primary key (batch_id, matter_id)
);
comment on table cases.vertical_batch_case is '转办批次中的办件';
comment on column cases.vertical_batch_case.batch_id is '批次';
comment on column cases.vertical_batch_case.matter_id is '办件';

create table cases.vertical_import (
  id          uuid primary key,
  file_id     uuid not null,
  sha256      text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  file_name   text not null,
  encoding    text not null check (encoding in ('utf-8', 'gb18030')),
  format      text not null check (format in ('csv', 'json')),
  checked_at  timestamptz not null,
  checked_by  uuid not null,
  applied_at  timestamptz,
  applied_by  uuid
);
create index vertical_import_recent on cases.vertical_import (checked_at desc);
comment on table cases.vertical_import is '垂直业务系统状态文件的导入：先核对，再登记';
comment on column cases.vertical_import.id is '导入的标识';
comment on column cases.vertical_import.file_id is '上传的原文件，作为证据保存';
comment on column cases.vertical_import.sha256 is '原文件的 SHA-256（十六进制）';
comment on column cases.vertical_import.file_name is '文件名';
comment on column cases.vertical_import.encoding is '文件的字符编码';
comment on column cases.vertical_import.format is '文件格式';
comment on column cases.vertical_import.checked_at is '核对的时刻';
comment on column cases.vertical_import.checked_by is '核对人';
comment on column cases.vertical_import.applied_at is '登记的时刻；只核对则为空';
comment on column cases.vertical_import.applied_by is '登记人';

create table cases.vertical_line (
  import_id  uuid not null references cases.vertical_import,
  line       integer not null check (line > 0),
  case_no    text not null,
  body       jsonb,
  verdict    text not null check (verdict in ('valid', 'unchanged', 'refused', 'recorded')),
  code       text,
  reason     jsonb,
  primary key (import_id, line)
);
comment on table cases.vertical_line is '状态文件逐行的内容与结论；行为只凭行号取用，不再录入';
comment on column cases.vertical_line.import_id is '所属导入';
comment on column cases.vertical_line.line is '原文件中的行号（含表头，自 1 起）';
comment on column cases.vertical_line.case_no is '办件编号（原文如此）';
comment on column cases.vertical_line.body is '读出的内容；读不出则为空';
comment on column cases.vertical_line.verdict is '结论：valid 可登记、unchanged 已登记过、refused 不能登记、recorded 已登记';
comment on column cases.vertical_line.code is '不能登记的理由代码';
comment on column cases.vertical_line.reason is '理由（中英文）';
