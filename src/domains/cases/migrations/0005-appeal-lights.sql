create table cases.light_appeal (
  matter_id       uuid not null references flow.matter,
  no              integer not null check (no > 0),
  clock_id        text not null,
  rule            text not null,
  light           text not null check (light in ('red', 'black')),
  due_on          date not null,
  task_id         uuid not null,
  step            text not null,
  role            text not null,
  organisation_id uuid not null,
  ground          text not null check (ground in ('applicantOrThirdParty', 'pauseNotRecorded', 'systemOrCalendar', 'handedOverLate', 'forceMajeure')),
  appealed_on     date not null,
  judge_by        date not null check (judge_by > appealed_on),
  state           text not null check (state in ('open', 'upheld', 'withdrawn', 'moved')),
  decided_on      date check (decided_on >= appealed_on),
  to_task         uuid,
  to_step         text,
  to_role         text,
  to_organisation uuid,
  primary key (matter_id, no),
  constraint one_appeal_of_a_post_against_a_light unique (matter_id, clock_id, light, due_on, task_id),
  constraint judged_has_its_day check ((state = 'open') = (decided_on is null)),
  constraint moved_says_where check ((state = 'moved') = (to_task is not null and to_step is not null and to_role is not null and to_organisation is not null))
);
create index light_appeal_open on cases.light_appeal (judge_by) where state = 'open';
create index light_appeal_judged on cases.light_appeal (decided_on desc) where state <> 'open';
comment on table cases.light_appeal is '亮灯申诉：灯落在岗位和环节上，不落在人名上；时限本身不因申诉改变，改变的只是计入谁';
comment on column cases.light_appeal.matter_id is '办件';
comment on column cases.light_appeal.no is '本件第几次申诉';
comment on column cases.light_appeal.clock_id is '时限标识';
comment on column cases.light_appeal.rule is '时限规则代码';
comment on column cases.light_appeal.light is '灯色：red 红、black 黑；黄灯只是提醒，不计';
comment on column cases.light_appeal.due_on is '亮灯时的届满日（Asia/Shanghai 民用日）';
comment on column cases.light_appeal.task_id is '灯所落的环节任务';
comment on column cases.light_appeal.step is '环节';
comment on column cases.light_appeal.role is '岗位类别';
comment on column cases.light_appeal.organisation_id is '岗位所在机构';
comment on column cases.light_appeal.ground is '申诉理由（封闭清单）';
comment on column cases.light_appeal.appealed_on is '申诉之日';
comment on column cases.light_appeal.judge_by is '应当作出决定的最后一日（内部承诺，可配置）';
comment on column cases.light_appeal.state is '状态：open 待决定、upheld 维持、withdrawn 撤销不计、moved 改记其他岗位';
comment on column cases.light_appeal.decided_on is '决定之日；未决定则为空';
comment on column cases.light_appeal.to_task is '改记到的环节任务；未改记则为空';
comment on column cases.light_appeal.to_step is '改记到的环节';
comment on column cases.light_appeal.to_role is '改记到的岗位类别';
comment on column cases.light_appeal.to_organisation is '改记到的机构';
