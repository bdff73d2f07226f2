create schema if not exists notify;
comment on schema notify is '消息：消息中心、应送达的通知及其送达记录';

create table notify.message (
  id           uuid primary key,
  jurisdiction text not null default '110102',
  party_id     uuid,
  person_id    uuid,
  addressee    text,
  template     text not null,
  language     text not null check (language in ('zh', 'en')),
  subject_zh   text not null,
  subject_en   text not null,
  body_zh      text not null,
  body_en      text not null,
  matter_id    uuid,
  matter_no    text,
  created_at   timestamptz not null,
  read_at      timestamptz,
  constraint message_has_one_addressee check (num_nonnulls(party_id, person_id, addressee) = 1),
  constraint read_after_it_was_written check (read_at >= created_at)
);
create index message_of_party on notify.message (party_id, created_at desc, id) where party_id is not null;
create index message_of_person on notify.message (person_id, created_at desc, id) where person_id is not null;
create index message_of_matter on notify.message (matter_id, created_at) where matter_id is not null;
comment on table notify.message is '消息：写给一名当事人或一名工作人员，与产生它的行为同时成立';
comment on column notify.message.id is '标识，由产生它的行为推出，因此同一行为不会写两次';
comment on column notify.message.jurisdiction is '行政区划代码（GB/T 2260）';
comment on column notify.message.party_id is '收件的当事人';
comment on column notify.message.addressee is '没有账户的收件人姓名（利害关系人）';
comment on column notify.message.person_id is '收件的工作人员';
comment on column notify.message.template is '模板代码';
comment on column notify.message.language is '外发时使用的语言';
comment on column notify.message.subject_zh is '标题（中文）；{no} 处为案号';
comment on column notify.message.subject_en is '标题（英文）；{no} 处为案号';
comment on column notify.message.body_zh is '正文（中文）；{no} 处为案号';
comment on column notify.message.body_en is '正文（英文）；{no} 处为案号';
comment on column notify.message.matter_id is '所涉的案';
comment on column notify.message.matter_no is '案号';
comment on column notify.message.created_at is '产生时刻，即行为的时刻';
comment on column notify.message.read_at is '收件人首次打开的时刻；未读为空';

create table notify.delivery (
  id                 uuid primary key,
  message_id         uuid not null references notify.message (id),
  channel            text not null check (channel in ('inApp', 'sms', 'email', 'telephone', 'paper')),
  address            text not null,
  statutory          boolean not null,
  state              text not null check (state in ('owed', 'sent', 'delivered', 'failed')),
  attempts           integer not null default 0 check (attempts >= 0),
  next_at            timestamptz,
  at                 timestamptz,
  outcome            text,
  provider_reference text,
  failure_told       boolean not null default false,
  constraint delivery_once unique (message_id, channel),
  constraint owed_has_a_time check ((state = 'owed' and channel in ('sms', 'email')) = (next_at is not null)),
  constraint done_has_a_time check ((state = 'owed') = (at is null))
);
create index delivery_owed on notify.delivery (next_at) where state = 'owed' and channel in ('sms', 'email');
create index delivery_failed_untold on notify.delivery (at) where state = 'failed' and not failure_told;
comment on table notify.delivery is '送达：一条消息经一种方式送出的过程和结果';
comment on column notify.delivery.id is '标识，也是交给运营商的幂等键';
comment on column notify.delivery.message_id is '消息';
comment on column notify.delivery.channel is '方式：站内、短信、邮件、电话、纸质';
comment on column notify.delivery.address is '号码或地址；显示时遮蔽';
comment on column notify.delivery.statutory is '是否法定通知：须留存方式、时间、结果，失败转电话';
comment on column notify.delivery.state is '应送、已送出、已送达、失败';
comment on column notify.delivery.attempts is '已尝试次数';
comment on column notify.delivery.next_at is '下次尝试不早于此时；领取后推后，进程中断即到期重试';
comment on column notify.delivery.at is '送出、送达或失败的时刻';
comment on column notify.delivery.outcome is '结果说明';
comment on column notify.delivery.provider_reference is '运营商回执号';
comment on column notify.delivery.failure_told is '失败是否已转电话任务';

create table notify.sms_sandbox (
  key     uuid primary key,
  phone   text not null,
  body    text not null,
  sent_at timestamptz not null
);
create index sms_sandbox_latest on notify.sms_sandbox (sent_at desc);
comment on table notify.sms_sandbox is '短信沙箱：演示和联调时代替运营商，不发往真实号码';
comment on column notify.sms_sandbox.key is '幂等键（送达标识）';
comment on column notify.sms_sandbox.phone is '号码';
comment on column notify.sms_sandbox.body is '正文';
comment on column notify.sms_sandbox.sent_at is '送出时刻';
