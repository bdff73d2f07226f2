create schema if not exists procedure;

create table procedure.definition (
  id           text not null,
  version      integer not null check (version > 0),
  xml          text not null,
  process      text not null,
  hash         text not null check (hash ~ '^[0-9a-f]{64}$'),
  name         jsonb not null check (name ? 'zh' and name ? 'en'),
  report       jsonb not null check (report -> 'sound' = 'true'::jsonb),
  published_at timestamptz not null,
  published_by uuid,
  primary key (id, version)
);

comment on table procedure.definition is '已发布的办理流程（BPMN 2.0），按版本保存，发布后不再改动';
comment on column procedure.definition.id is '流程标识';
comment on column procedure.definition.version is '版本号，自 1 起逐版加一';
comment on column procedure.definition.xml is '流程图原文（BPMN 2.0 XML）';
comment on column procedure.definition.process is '原文中所执行流程的元素标识';
comment on column procedure.definition.hash is '原文的 SHA-256（十六进制）';
comment on column procedure.definition.name is '流程名称（中文、英文）';
comment on column procedure.definition.report is '发布前的检验报告：可靠性与关键路径（工作日）';
comment on column procedure.definition.published_at is '发布时刻';
comment on column procedure.definition.published_by is '发布人；随系统提供的流程为空';
