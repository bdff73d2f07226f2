-- As domains: a check of a table is read and planned anew by every statement, that of a domain once per connection.
create domain clock.unit as text check (value in ('workingDay', 'naturalDay', 'hour', 'month'));
create domain clock.light as text check (value in ('green', 'yellow', 'red', 'black'));
create domain clock.event_kind as text check (value in ('started', 'suspended', 'resumed', 'extended', 'stopped', 'announced', 'redated'));
alter table clock.clock
  drop constraint clock_unit_check, alter column unit type clock.unit,
  drop constraint clock_announced_check, alter column announced type clock.light,
  drop constraint clock_article_check;
alter table clock.event
  drop constraint event_kind_check, alter column kind type clock.event_kind,
  drop constraint event_light_check, alter column light type clock.light;
comment on domain clock.unit is '计时单位：工作日、自然日、小时、月';
comment on domain clock.light is '灯色：绿、黄、红、黑';
comment on domain clock.event_kind is '时限上的事件';
