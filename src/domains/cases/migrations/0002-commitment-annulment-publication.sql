-- 一人一事项可因不同办件先后受限：各记各的，查询时取最晚一日，后来较短的期间不缩短先前较长的。
alter table cases.bar drop constraint bar_pkey;
alter table cases.bar add primary key (id_type, id_number, item_code, matter_id);

alter table cases.filing add column published_on date;
alter table cases.filing add column annulled_on date;
update cases.filing set published_on = decided_on where decided_on is not null;
create index filing_to_publish on cases.filing (decided_on) where decided_on is not null and published_on is null;
comment on column cases.filing.published_on is '办理结果公示之日（行政许可法 第四十条）；未公示则为空';
comment on column cases.filing.annulled_on is '准予决定被撤销之日（行政许可法 第六十九条、北京市优化营商环境条例 第三十三条）；未撤销则为空';

create table cases.credit_record (
  id          uuid primary key,
  kind        text not null check (kind in ('rectificationFailed', 'falseCommitment')),
  id_type     text not null,
  id_number   text not null,
  name        text not null,
  item_code   text not null,
  item_name   jsonb not null,
  facts       text not null,
  article     text not null,
  document_no text not null,
  matter_id   uuid not null references flow.matter,
  entry_id    uuid not null,
  recorded_on date not null,
  unique (matter_id)
);
create index credit_record_of_party on cases.credit_record (id_type, id_number, recorded_on);
create index credit_record_by_day on cases.credit_record (recorded_on desc, id);
comment on table cases.credit_record is '告知承诺失信记录：整改后仍未达到条件、作出虚假承诺而被撤销决定的，纳入公共信用信息（北京市优化营商环境条例 第三十三条）';
comment on column cases.credit_record.id is '记录的标识';
comment on column cases.credit_record.kind is '种类：rectificationFailed 整改后仍未达到条件、falseCommitment 作出虚假承诺';
comment on column cases.credit_record.id_type is '证件类型（GA/T 2000.156）';
comment on column cases.credit_record.id_number is '证件号码';
comment on column cases.credit_record.name is '姓名或名称';
comment on column cases.credit_record.item_code is '事项编码';
comment on column cases.credit_record.item_name is '事项名称（中英文）';
comment on column cases.credit_record.facts is '事实';
comment on column cases.credit_record.article is '所依条款';
comment on column cases.credit_record.document_no is '撤销决定的文号';
comment on column cases.credit_record.matter_id is '所属办件';
comment on column cases.credit_record.entry_id is '作出撤销决定的行为在公开日志中的条目';
comment on column cases.credit_record.recorded_on is '记入之日';
