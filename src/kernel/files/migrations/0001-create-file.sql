create schema files;
comment on schema files is '上传文件：登记与使用；内容在磁盘上按哈希存放';

create table files.file (
  id          uuid primary key,
  sha256      text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes       bigint not null check (bytes > 0),
  media_type  text not null,
  name        text not null check (name <> '' and octet_length(name) <= 255),
  uploaded_by text not null,
  uploaded_at timestamptz not null,
  scanned     text not null,
  stored      boolean not null default false
);
create index file_by_content on files.file (sha256);
create index file_by_age on files.file (uploaded_at);
comment on table files.file is '上传的文件；未被任何行为引用的到期清除';
comment on column files.file.id is '文件标识';
comment on column files.file.sha256 is '内容的 SHA-256（十六进制），也是磁盘上的名称';
comment on column files.file.bytes is '字节数';
comment on column files.file.media_type is '按内容判定的媒体类型';
comment on column files.file.name is '上传时的文件名';
comment on column files.file.uploaded_by is '上传者（调用者键）';
comment on column files.file.uploaded_at is '上传时刻';
comment on column files.file.scanned is '查毒程序名称；none 为未查';
comment on column files.file.stored is '内容已落盘并可读';

create table files.use (
  file_id   uuid not null references files.file (id),
  matter_id uuid not null,
  what      text not null,
  primary key (file_id, matter_id, what)
);
create index use_of_matter on files.use (matter_id);
comment on table files.use is '行为对文件的引用；有引用的文件不得清除';
comment on column files.use.file_id is '文件';
comment on column files.use.matter_id is '事项';
comment on column files.use.what is '用作什么（材料代码、文书名称等）';
