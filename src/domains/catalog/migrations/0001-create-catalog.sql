create schema if not exists catalog;

create table catalog.item_version (
  code            text not null check (code ~ '^[0-9A-HJ-NPQRTUWXY]{18}[1-7]\d{12}(\d{2})?$'),
  version         integer not null check (version > 0),
  state           text not null check (state in ('published', 'withdrawn')),
  body            jsonb not null,
  name_zh         text not null,
  name_en         text not null,
  department_code text not null,
  department_zh   text not null,
  department_en   text not null,
  item_type       text not null,
  case_type       text not null check (case_type in ('instant', 'promised')),
  targets         text[] not null,
  topics          text[] not null,
  everyday_names  text[] not null,
  search_text     text not null,
  applicable      boolean not null,
  source          text not null check (source in ('edited', 'import')),
  hash            text not null check (hash ~ '^[0-9a-f]{64}$'),
  effective_from  date not null,
  effective_to    date,
  reason          text not null default '',
  published_at    timestamptz not null,
  author_id       uuid,
  reviewer_id     uuid,
  published_by    uuid,
  primary key (code, version),
  constraint effective_in_order check (effective_to >= effective_from)
);
comment on table catalog.item_version is '服务事项的已发布版本：发布后内容不再改动，调整即为新版本';
comment on column catalog.item_version.code is '事项编码：业务办理项编码（33 位），没有的为实施编码（31 位）';
comment on column catalog.item_version.version is '版本号，自 1 起逐版加一';
comment on column catalog.item_version.state is '状态：published 已发布，withdrawn 已取消';
comment on column catalog.item_version.body is '办事指南全文（GB/T 39046-2020 实施清单要素）';
comment on column catalog.item_version.name_zh is '事项名称';
comment on column catalog.item_version.name_en is '事项英文名称';
comment on column catalog.item_version.department_code is '实施主体统一社会信用代码';
comment on column catalog.item_version.department_zh is '实施主体名称';
comment on column catalog.item_version.department_en is '实施主体英文名称';
comment on column catalog.item_version.item_type is '事项类型（GB/T 39046-2020 表 A.1）';
comment on column catalog.item_version.case_type is '办件类型：instant 即办件，promised 承诺件';
comment on column catalog.item_version.targets is '服务对象（表 A.4）';
comment on column catalog.item_version.topics is '主题';
comment on column catalog.item_version.everyday_names is '日常用语';
comment on column catalog.item_version.search_text is '供检索的文字：名称、日常用语、主题、部门、结果、材料';
comment on column catalog.item_version.applicable is '能否在本平台申请';
comment on column catalog.item_version.source is '来源：edited 编制，import 外部目录导入';
comment on column catalog.item_version.hash is '指南全文（不含版本号和起止日）的 SHA-256';
comment on column catalog.item_version.effective_from is '实施日期（含）';
comment on column catalog.item_version.effective_to is '终止日期（含）；空为长期';
comment on column catalog.item_version.reason is '本次调整的理由和依据';
comment on column catalog.item_version.published_at is '发布时刻';
comment on column catalog.item_version.author_id is '编制人；随系统提供或导入的为空';
comment on column catalog.item_version.reviewer_id is '审核人';
comment on column catalog.item_version.published_by is '发布人';
create index item_version_department on catalog.item_version (department_code);

create table catalog.form (
  id           text not null,
  version      integer not null check (version > 0),
  body         jsonb not null,
  published_at timestamptz not null,
  primary key (id, version)
);
comment on table catalog.form is '申请表单的版本';
comment on column catalog.form.id is '表单标识';
comment on column catalog.form.version is '版本号';
comment on column catalog.form.body is '栏目、数据元与条件';
comment on column catalog.form.published_at is '发布时刻';

create table catalog.approved_fee (
  code       text primary key,
  name_zh    text not null,
  name_en    text not null,
  basis      text not null,
  valid_from date not null,
  valid_to   date
);
comment on table catalog.approved_fee is '经核准的行政事业性收费目录：不在目录内的不得收取（行政许可法 第五十八条）';
comment on column catalog.approved_fee.code is '收费项目编码';
comment on column catalog.approved_fee.name_zh is '收费项目名称';
comment on column catalog.approved_fee.name_en is '收费项目英文名称';
comment on column catalog.approved_fee.basis is '依据';
comment on column catalog.approved_fee.valid_from is '起始日（含）';
comment on column catalog.approved_fee.valid_to is '终止日（含）；空为长期';

create table catalog.kept_intermediary (
  code       text primary key,
  name_zh    text not null,
  name_en    text not null,
  basis      text not null
);
comment on table catalog.kept_intermediary is '保留的行政审批中介服务事项清单：不在清单内的不得作为受理条件';
comment on column catalog.kept_intermediary.code is '中介服务编码';
comment on column catalog.kept_intermediary.name_zh is '名称';
comment on column catalog.kept_intermediary.name_en is '英文名称';
comment on column catalog.kept_intermediary.basis is '依据';

create table catalog.revision (
  one      boolean primary key default true check (one),
  revision bigint not null check (revision > 0)
);
comment on table catalog.revision is '目录修订号：任何版本发布或取消都加一，用于页面缓存校验';
comment on column catalog.revision.one is '仅一行';
comment on column catalog.revision.revision is '修订号';
insert into catalog.revision (revision) values (1);

-- By trigger, so that no writer can forget it; publications are rare, the one row is no bottleneck.
create function catalog.count_revision() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  update catalog.revision set revision = revision + 1;
  return null;
end
$$;
comment on function catalog.count_revision is '目录有变动即加一';
create trigger item_version_counts after insert or update on catalog.item_version for each statement execute function catalog.count_revision();
create trigger form_counts after insert on catalog.form for each statement execute function catalog.count_revision();
