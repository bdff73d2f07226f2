create table jobs.worker (
  id       text primary key,
  seen_at  timestamptz not null
);
comment on table jobs.worker is '在岗的任务进程：久无音讯者所占的任务交还队列';
comment on column jobs.worker.id is '队列工作者标识';
comment on column jobs.worker.seen_at is '最近一次报到的时刻';
