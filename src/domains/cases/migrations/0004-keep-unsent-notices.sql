create table cases.unsent_notice (
  id        uuid primary key,
  matter_id uuid not null references flow.matter,
  post_id   uuid not null,
  person_id uuid not null,
  defects   jsonb not null,
  remarks   text not null default '',
  version   integer not null check (version > 0),
  state     text not null check (state in ('open', 'sent', 'dropped', 'handedOver')),
  saved_at  timestamptz not null,
  ended_at  timestamptz,
  constraint ended_has_an_instant check ((state = 'open') = (ended_at is null))
);
create unique index one_unsent_notice_of_a_post on cases.unsent_notice (matter_id, post_id) where state = 'open';
create index unsent_notice_by_post on cases.unsent_notice (post_id) where state = 'open';
comment on table cases.unsent_notice is '已勾选、尚未发出的一次性告知补正：归岗位所有，不因退出而丢失；发出或者删除之前不得日清签退';
comment on column cases.unsent_notice.id is '标识';
comment on column cases.unsent_notice.matter_id is '所属办件';
comment on column cases.unsent_notice.post_id is '所属岗位；A、B 岗共用一份';
comment on column cases.unsent_notice.person_id is '最后保存的工作人员';
comment on column cases.unsent_notice.defects is '已勾选的问题：材料或者栏目及问题（可以尚未写完）';
comment on column cases.unsent_notice.remarks is '补充说明';
comment on column cases.unsent_notice.version is '每保存一次加一：同岗两人同时修改时后者被拒绝';
comment on column cases.unsent_notice.state is '状态：open 未发出、sent 已发出、dropped 已删除、handedOver 已并入接班岗位的一份';
comment on column cases.unsent_notice.saved_at is '最后保存的时刻';
comment on column cases.unsent_notice.ended_at is '发出、删除或者并入的时刻；未发出则为空';

create table cases.sign_off (
  post_id    uuid not null,
  person_id  uuid not null,
  day        date not null,
  signed_at  timestamptz not null,
  holds      integer not null check (holds >= 0),
  unserved   integer not null check (unserved >= 0),
  primary key (post_id, person_id, day)
);
create index sign_off_by_day on cases.sign_off (day);
comment on table cases.sign_off is '日清签退：何人在何岗位于何日签退';
comment on column cases.sign_off.post_id is '岗位';
comment on column cases.sign_off.person_id is '签退的工作人员';
comment on column cases.sign_off.day is '所签之日（Asia/Shanghai 民用日）';
comment on column cases.sign_off.signed_at is '签退的时刻';
comment on column cases.sign_off.holds is '签退时挂起的收件数';
comment on column cases.sign_off.unserved is '签退时当日尚未送达的文书数';
