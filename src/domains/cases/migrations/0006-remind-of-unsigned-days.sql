create table cases.unsigned_day (
  day         date primary key,
  reminded_at timestamptz not null
);
comment on table cases.unsigned_day is '已核对是否日清签退并提醒过的工作日：每日一次，停机之后依次补做';
comment on column cases.unsigned_day.day is '所核对的工作日（Asia/Shanghai 民用日）';
comment on column cases.unsigned_day.reminded_at is '核对并提醒的时刻';
