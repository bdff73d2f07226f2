create schema calendar;
comment on schema calendar is '法定日历：国务院办公厅的放假安排';

create table calendar.notice (
  version     integer primary key check (version > 0),
  year        integer not null check (year between 1990 and 2100),
  source      text not null check (source <> ''),
  papers      text[] not null,
  imported_at timestamptz not null
);
comment on table calendar.notice is '导入的年度放假安排；同一年以版本大者为准，并取代程序自带的该年安排';
comment on column calendar.notice.version is '导入序号，自 1 起连续';
comment on column calendar.notice.year is '安排所属年份';
comment on column calendar.notice.source is '通知名称';
comment on column calendar.notice.papers is '通知网址';
comment on column calendar.notice.imported_at is '导入时刻';

create table calendar.day (
  version integer not null references calendar.notice (version),
  day     date not null,
  off     boolean not null,
  name    text not null check (name <> ''),
  primary key (version, day)
);
comment on table calendar.day is '通知点名的日子：放假或者上班';
comment on column calendar.day.version is '导入序号';
comment on column calendar.day.day is '日期（Asia/Shanghai）';
comment on column calendar.day.off is '是否放假；否为调休上班';
comment on column calendar.day.name is '节日名称';
