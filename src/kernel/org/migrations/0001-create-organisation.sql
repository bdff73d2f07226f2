create extension if not exists btree_gist with schema public;

create schema org;
comment on schema org is '机构、场所、岗位与人员，均有起止日；起止日都含当日，终止日为空表示长期';

create table org.organisation (
  id                    uuid primary key,
  code                  text not null check (code ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'),
  name_zh               text not null check (name_zh <> ''),
  name_en               text not null check (name_en <> ''),
  short_zh              text not null,
  short_en              text not null,
  kind                  text not null check (kind in ('centre', 'department', 'subdistrict', 'community', 'vertical', 'body')),
  parent_id             uuid references org.organisation,
  division_code         text not null check (division_code ~ '^[1-9]\d{5}(\d{3}(\d{3})?)?$'),
  level                 smallint not null check (level between 1 and 6),
  address               text not null default '',
  phone_consult         text not null default '',
  phone_complaint       text not null default '',
  reconsideration_body  text not null default '',
  court                 text not null default '',
  valid_from            date not null,
  valid_to              date,
  constraint organisation_has_days check (valid_to >= valid_from),
  constraint organisation_is_not_its_parent check (parent_id <> id),
  constraint one_organisation_per_code exclude using gist (code with =, daterange(valid_from, valid_to, '[]') with &&)
);
comment on table org.organisation is '机构：政务服务中心、部门、街道、社区、垂直管理单位及其他机关';
comment on column org.organisation.id is '标识';
comment on column org.organisation.code is '统一社会信用代码（GB 32100-2015）';
comment on column org.organisation.name_zh is '全称';
comment on column org.organisation.name_en is '英文名称';
comment on column org.organisation.short_zh is '简称';
comment on column org.organisation.short_en is '英文简称';
comment on column org.organisation.kind is '类别：centre 中心，department 部门，subdistrict 街道，community 社区，vertical 垂管，body 其他';
comment on column org.organisation.parent_id is '上级机构';
comment on column org.organisation.division_code is '行政区划代码（GB/T 2260，6、9 或 12 位）';
comment on column org.organisation.level is '行使层级：1 国家，2 省，3 市，4 区县，5 街道，6 社区';
comment on column org.organisation.address is '地址';
comment on column org.organisation.phone_consult is '咨询电话';
comment on column org.organisation.phone_complaint is '投诉电话';
comment on column org.organisation.reconsideration_body is '行政复议机关';
comment on column org.organisation.court is '行政诉讼管辖法院';
comment on column org.organisation.valid_from is '起始日（含）';
comment on column org.organisation.valid_to is '终止日（含）；空为长期';
create index organisation_parent on org.organisation (parent_id);

create table org.site (
  id               uuid primary key,
  organisation_id  uuid not null references org.organisation,
  kind             text not null check (kind in ('centre', 'hall', 'subdistrictHall', 'communityStation')),
  name_zh          text not null check (name_zh <> ''),
  name_en          text not null check (name_en <> ''),
  address          text not null,
  hours_zh         text not null,
  hours_en         text not null,
  phone            text not null default '',
  division_code    text not null check (division_code ~ '^[1-9]\d{5}(\d{3}(\d{3})?)?$'),
  longitude        numeric(9, 6) check (longitude between -180 and 180),
  latitude         numeric(8, 6) check (latitude between -90 and 90),
  uniform_sign     boolean not null default false,
  uniform_rules    boolean not null default false,
  uniform_dress    boolean not null default false,
  barrier_free     boolean not null default false,
  valid_from       date not null,
  valid_to         date,
  constraint site_has_days check (valid_to >= valid_from),
  constraint site_has_both_coordinates check ((longitude is null) = (latitude is null))
);
comment on table org.site is '办事场所：政务服务中心、专业大厅、街道便民服务中心、社区代办点';
comment on column org.site.id is '标识';
comment on column org.site.organisation_id is '管理机构';
comment on column org.site.kind is '类别';
comment on column org.site.name_zh is '名称';
comment on column org.site.name_en is '英文名称';
comment on column org.site.address is '地址';
comment on column org.site.hours_zh is '办公时间';
comment on column org.site.hours_en is '办公时间（英文）';
comment on column org.site.phone is '电话';
comment on column org.site.division_code is '所在行政区划代码';
comment on column org.site.longitude is '经度（CGCS2000，度）';
comment on column org.site.latitude is '纬度（CGCS2000，度）';
comment on column org.site.uniform_sign is '统一标识';
comment on column org.site.uniform_rules is '统一制度';
comment on column org.site.uniform_dress is '统一着装';
comment on column org.site.barrier_free is '无障碍设施';
comment on column org.site.valid_from is '起始日（含）';
comment on column org.site.valid_to is '终止日（含）；空为长期';
create index site_organisation on org.site (organisation_id);

create table org.counter (
  id          uuid primary key,
  site_id     uuid not null references org.site,
  code        text not null,
  name_zh     text not null check (name_zh <> ''),
  name_en     text not null check (name_en <> ''),
  kind        text not null check (kind in ('integrated', 'enterprise', 'project', 'realEstate', 'socialInsurance', 'police', 'unresolved', 'openness', 'cashier', 'pickup')),
  valid_from  date not null,
  valid_to    date,
  constraint counter_has_days check (valid_to >= valid_from),
  constraint one_counter_per_code exclude using gist (site_id with =, code with =, daterange(valid_from, valid_to, '[]') with &&)
);
comment on table org.counter is '窗口';
comment on column org.counter.id is '标识';
comment on column org.counter.site_id is '所在场所';
comment on column org.counter.code is '窗口号';
comment on column org.counter.name_zh is '名称';
comment on column org.counter.name_en is '英文名称';
comment on column org.counter.kind is '类别：综合、涉企、工程、不动产、社保医保、公安出入境、办不成事反映、政府信息公开、统一收费、取件';
comment on column org.counter.valid_from is '起始日（含）';
comment on column org.counter.valid_to is '终止日（含）；空为长期';

create table org.person (
  id          uuid primary key,
  name_zh     text not null check (name_zh <> ''),
  name_en     text not null check (name_en <> ''),
  staff_no    text not null unique check (staff_no <> ''),
  phone       text not null default '',
  email       text not null default '',
  valid_from  date not null,
  valid_to    date,
  constraint person_has_days check (valid_to >= valid_from)
);
comment on table org.person is '工作人员';
comment on column org.person.id is '标识';
comment on column org.person.name_zh is '姓名';
comment on column org.person.name_en is '姓名（拉丁字母）';
comment on column org.person.staff_no is '工号';
comment on column org.person.phone is '电话';
comment on column org.person.email is '电子邮箱';
comment on column org.person.valid_from is '入职日（含）';
comment on column org.person.valid_to is '离职日（含）；空为在职';

create table org.role (
  code                 text primary key,
  version              integer not null check (version > 0),
  name_zh              text not null,
  name_en              text not null,
  permissions          text[] not null,
  under_authorisation  text[] not null default '{}',
  constraint under_authorisation_is_part check (under_authorisation <@ permissions)
);
comment on table org.role is '角色与权限（随版本发布的字典）';
comment on column org.role.code is '角色代码';
comment on column org.role.version is '版本';
comment on column org.role.name_zh is '名称';
comment on column org.role.name_en is '英文名称';
comment on column org.role.permissions is '权限代码';
comment on column org.role.under_authorisation is '其中只能凭授权行使的权限（首席代表）';

create table org.role_version (
  code                 text not null references org.role,
  version              integer not null,
  permissions          text[] not null,
  under_authorisation  text[] not null,
  primary key (code, version)
);
comment on table org.role_version is '角色权限的历次版本（只增）';
comment on column org.role_version.code is '角色代码';
comment on column org.role_version.version is '版本';
comment on column org.role_version.permissions is '该版本的权限代码';
comment on column org.role_version.under_authorisation is '该版本中只能凭授权行使的权限';

create table org.post (
  id               uuid primary key,
  organisation_id  uuid not null references org.organisation,
  code             text not null check (code <> ''),
  name_zh          text not null check (name_zh <> ''),
  name_en          text not null check (name_en <> ''),
  role             text not null references org.role,
  duties_zh        text not null default '',
  duties_en        text not null default '',
  counter_id       uuid references org.counter,
  b_alongside      boolean not null default false,
  valid_from       date not null,
  valid_to         date,
  constraint post_has_days check (valid_to >= valid_from),
  constraint one_post_per_code exclude using gist (organisation_id with =, code with =, daterange(valid_from, valid_to, '[]') with &&)
);
comment on table org.post is '岗位（一岗一席，设 A、B 岗）';
comment on column org.post.id is '标识';
comment on column org.post.organisation_id is '所属机构';
comment on column org.post.code is '岗位代码';
comment on column org.post.name_zh is '岗位名称';
comment on column org.post.name_en is '岗位英文名称';
comment on column org.post.role is '角色';
comment on column org.post.duties_zh is '岗位职责（岗位责任制）';
comment on column org.post.duties_en is '岗位职责（英文）';
comment on column org.post.counter_id is '所在窗口';
comment on column org.post.b_alongside is '真：B 岗可与 A 岗同时履职（如两人核查，行政许可法 第三十四条）；假：仅在 A 岗缺位时履职';
comment on column org.post.valid_from is '设岗日（含）';
comment on column org.post.valid_to is '撤岗日（含）；空为长期';
create index post_role on org.post (role, organisation_id);

create table org.holding (
  id          uuid primary key,
  post_id     uuid not null references org.post,
  person_id   uuid not null references org.person,
  cover       text not null check (cover in ('A', 'B')),
  valid_from  date not null,
  valid_to    date,
  constraint holding_has_days check (valid_to >= valid_from),
  constraint one_holder_per_cover exclude using gist (post_id with =, cover with =, daterange(valid_from, valid_to, '[]') with &&),
  constraint a_and_b_are_two_people exclude using gist (post_id with =, person_id with =, daterange(valid_from, valid_to, '[]') with &&)
);
comment on table org.holding is '任岗：某人在某岗位任 A 岗或 B 岗';
comment on column org.holding.id is '标识';
comment on column org.holding.post_id is '岗位';
comment on column org.holding.person_id is '人员';
comment on column org.holding.cover is 'A 岗或 B 岗';
comment on column org.holding.valid_from is '起始日（含）';
comment on column org.holding.valid_to is '终止日（含）；空为长期';
create index holding_person on org.holding (person_id);
create index holding_post on org.holding (post_id);

create table org.leave (
  id          uuid primary key,
  person_id   uuid not null references org.person,
  kind        text not null check (kind in ('annual', 'sick', 'training', 'travel', 'other')),
  valid_from  date not null,
  valid_to    date not null,
  constraint leave_has_days check (valid_to >= valid_from),
  constraint one_leave_at_a_time exclude using gist (person_id with =, daterange(valid_from, valid_to, '[]') with &&)
);
comment on table org.leave is '请假与离岗';
comment on column org.leave.id is '标识';
comment on column org.leave.person_id is '人员';
comment on column org.leave.kind is '种类：annual 年休，sick 病假，training 培训，travel 公出，other 其他';
comment on column org.leave.valid_from is '起始日（含）';
comment on column org.leave.valid_to is '终止日（含）';
create index leave_person on org.leave (person_id, valid_from, valid_to);

create table org.authorisation (
  id                    uuid primary key,
  kind                  text not null check (kind in ('entrustment', 'chiefRepresentative')),
  from_organisation_id  uuid not null references org.organisation,
  to_organisation_id    uuid references org.organisation,
  to_person_id          uuid references org.person,
  items                 text[] not null default '{}',
  acts                  text[] not null check (cardinality(acts) > 0),
  seal                  text not null,
  document_no           text not null check (document_no <> ''),
  valid_from            date not null,
  valid_to              date not null,
  version               integer not null default 1 check (version > 0),
  revoked_on            date,
  revoked_because       text,
  constraint authorisation_has_days check (valid_to >= valid_from),
  constraint authorisation_has_one_receiver check (num_nonnulls(to_organisation_id, to_person_id) = 1),
  constraint chief_representative_is_a_person check (kind <> 'chiefRepresentative' or to_person_id is not null),
  constraint nobody_authorises_itself check (from_organisation_id <> to_organisation_id),
  constraint revocation_has_a_reason check ((revoked_on is null) = (revoked_because is null))
);
comment on table org.authorisation is '委托与授权：委托受理（北京市优化营商环境条例 第三十五条）、首席代表';
comment on column org.authorisation.id is '标识';
comment on column org.authorisation.kind is '种类：entrustment 委托，chiefRepresentative 首席代表';
comment on column org.authorisation.from_organisation_id is '委托（授权）机关';
comment on column org.authorisation.to_organisation_id is '受托机构';
comment on column org.authorisation.to_person_id is '受权人员';
comment on column org.authorisation.items is '事项编码；空数组为委托机关的全部事项';
comment on column org.authorisation.acts is '行为';
comment on column org.authorisation.seal is '使用的印章';
comment on column org.authorisation.document_no is '文号';
comment on column org.authorisation.valid_from is '起始日（含）';
comment on column org.authorisation.valid_to is '终止日（含）';
comment on column org.authorisation.version is '版本：每次变更加一；行为以所读版本为条件';
comment on column org.authorisation.revoked_on is '撤销日：自当日起无效';
comment on column org.authorisation.revoked_because is '撤销理由';
create index authorisation_to_person on org.authorisation (to_person_id) where to_person_id is not null;
create index authorisation_to_organisation on org.authorisation (to_organisation_id) where to_organisation_id is not null;
create index authorisation_from on org.authorisation (from_organisation_id);

create table org.change (
  id            bigint generated always as identity primary key,
  at            timestamptz not null,
  by_person_id  uuid references org.person,
  command       text not null,
  subject       text not null,
  subject_id    uuid not null,
  row           jsonb not null
);
comment on table org.change is '机构与岗位变更记录（只增）：每次变更后的整行';
comment on column org.change.id is '序号';
comment on column org.change.at is '时刻';
comment on column org.change.by_person_id is '操作人员；空为系统或初始数据';
comment on column org.change.command is '操作';
comment on column org.change.subject is '表名';
comment on column org.change.subject_id is '行标识';
comment on column org.change.row is '变更后的整行';
create index change_subject on org.change (subject_id, id);
create index change_at on org.change (at desc);
