-- A message to somebody with a message centre lies there from the moment it is written: that is its delivery, and needs no row beside it.
delete from notify.delivery where channel = 'inApp';

-- Message and deliveries come in one statement or not at all, and nothing deletes a message.
alter table notify.delivery drop constraint delivery_message_id_fkey;

-- As domains: a check of a table is read and planned anew by every statement, that of a domain once per connection.
create domain notify.channel as text check (value in ('sms', 'email', 'telephone', 'paper'));
create domain notify.delivery_state as text check (value in ('owed', 'sent', 'delivered', 'failed'));
create domain notify.language as text check (value in ('zh', 'en'));
alter table notify.message drop constraint message_language_check, alter column language type notify.language;
alter table notify.delivery
  drop constraint delivery_channel_check, alter column channel type notify.channel,
  drop constraint delivery_state_check, alter column state type notify.delivery_state;
comment on domain notify.channel is '消息中心以外的送达方式：短信、电子邮件、电话、纸质';
comment on domain notify.delivery_state is '送达状态：待发、已发、已达、未达';
comment on domain notify.language is '语言';
