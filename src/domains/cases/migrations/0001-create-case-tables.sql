create schema if not exists cases;

create table cases.paper (
  id        uuid primary key,
  matter_id uuid not null references flow.matter,
  kind      text not null,
  no        text not null,
  name      jsonb not null,
  made_at   timestamptz not null,
  made_on   date not null,
  entry_id  uuid not null,
  post      text not null,
  facts     jsonb not null
);
create index paper_of_matter on cases.paper (matter_id, made_at);

comment on table cases.paper is '文书：作出行为时固定其内容，随时可据以生成同一份 PDF';
comment on column cases.paper.no is '文号，如 西市监受〔2026〕{serial}号：{serial} 以案号流水代入';
comment on column cases.paper.facts is '文书内容（含个人信息，仅当事人和经办人可读）';
comment on column cases.paper.id is '文书的标识';
comment on column cases.paper.matter_id is '所属办件';
comment on column cases.paper.kind is '文书种类，如受理通知书';
comment on column cases.paper.name is '文书名称（中英文）';
comment on column cases.paper.made_at is '作出的时刻';
comment on column cases.paper.made_on is '落款日期（Asia/Shanghai 民用日）';
comment on column cases.paper.entry_id is '作出该文书的行为在公开日志中的条目';
comment on column cases.paper.post is '作出的岗位编码';

create table cases.bar (
  id_type    text not null,
  id_number  text not null,
  item_code  text not null,
  until_on   date not null,
  article    text not null,
  matter_id  uuid not null references flow.matter,
  primary key (id_type, id_number, item_code)
);
comment on table cases.bar is '不得再次申请的期间（行政许可法 第七十八条、第七十九条）';
comment on column cases.bar.id_type is '证件类型（GA/T 2000.156）';
comment on column cases.bar.id_number is '证件号码';
comment on column cases.bar.item_code is '不得再申请的事项编码';
comment on column cases.bar.until_on is '期满之日（含当日）';
comment on column cases.bar.article is '所依条款';
comment on column cases.bar.matter_id is '由哪一办件引起';

create table cases.filing (
  matter_id      uuid primary key references flow.matter,
  item_code      text not null,
  applicant_name text not null,
  id_number      text not null,
  agent_id_number text,
  phone          text,
  submitted_on   date,
  accepted_on    date,
  decided_on     date,
  outcome        text check (outcome in ('grant', 'refuse')),
  on_time        boolean
);
create index filing_by_applicant on cases.filing (id_number);
create index filing_by_agent on cases.filing (agent_id_number) where agent_id_number is not null;
create index filing_by_name on cases.filing (applicant_name text_pattern_ops);
create index filing_by_decided on cases.filing (item_code, decided_on) where decided_on is not null;
comment on table cases.filing is '办件登记：柜台按证件、姓名、办件编号查找，统计实际用时';
comment on column cases.filing.on_time is '是否在承诺期限内作出决定';
comment on column cases.filing.matter_id is '所属办件';
comment on column cases.filing.item_code is '事项编码';
comment on column cases.filing.applicant_name is '申请人姓名或名称';
comment on column cases.filing.id_number is '申请人证件号码';
comment on column cases.filing.agent_id_number is '代理人证件号码；无代理则为空';
comment on column cases.filing.phone is '联系电话';
comment on column cases.filing.submitted_on is '提交之日';
comment on column cases.filing.accepted_on is '受理之日；未受理则为空';
comment on column cases.filing.decided_on is '决定之日；未决定则为空';
comment on column cases.filing.outcome is '结果：grant 准予、refuse 不予；未决定则为空';

create table cases.hold (
  id          uuid primary key,
  post_id     uuid not null,
  person_id   uuid not null,
  item_code   text,
  label       text not null,
  content     jsonb not null,
  saved_at    timestamptz not null
);
create index hold_by_person on cases.hold (person_id, saved_at desc);
comment on table cases.hold is '柜台挂起的收件：随时取回，不因退出而丢失';
comment on column cases.hold.id is '挂起收件的标识';
comment on column cases.hold.post_id is '挂起时所在岗位';
comment on column cases.hold.person_id is '挂起的窗口人员';
comment on column cases.hold.item_code is '事项编码；尚未选定则为空';
comment on column cases.hold.label is '窗口人员给的标签';
comment on column cases.hold.content is '已录入的内容（含个人信息）';
comment on column cases.hold.saved_at is '保存的时刻';

create table cases.shift (
  id          uuid primary key,
  from_person uuid not null,
  to_person   uuid not null,
  site_code   text,
  case_nos    text[] not null,
  note        text not null default '',
  offered_at  timestamptz not null,
  accepted_at timestamptz,
  check (from_person <> to_person)
);
create index shift_waiting on cases.shift (to_person) where accepted_at is null;
comment on table cases.shift is '交接班：逐件移交，接收人确认后生效';
comment on column cases.shift.id is '交接的标识';
comment on column cases.shift.from_person is '交班人';
comment on column cases.shift.to_person is '接班人';
comment on column cases.shift.site_code is '大厅编码';
comment on column cases.shift.case_nos is '移交的办件编号，逐件列出';
comment on column cases.shift.note is '交接说明';
comment on column cases.shift.offered_at is '提出移交的时刻';
comment on column cases.shift.accepted_at is '接收人确认的时刻；未确认则为空';
