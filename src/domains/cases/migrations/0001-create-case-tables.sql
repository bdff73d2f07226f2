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
