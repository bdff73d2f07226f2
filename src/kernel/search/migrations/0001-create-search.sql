create schema if not exists search;
comment on schema search is '检索：各模块声明可检索的内容';

create table search.document (
  id         bigint generated always as identity primary key,
  source     text not null,
  ref        text not null,
  language   text not null check (language in ('zh', 'en')),
  title      text not null,
  title_key  text not null,
  tags       text[] not null default '{}',
  visibility text not null,
  revision   text not null,
  length     integer not null check (length > 0),
  constraint document_once unique (source, ref, language)
);
create index document_by_title on search.document (title_key text_pattern_ops);
create index document_by_tag on search.document using gin (tags);
comment on table search.document is '可检索的一篇内容';
comment on column search.document.source is '来源种类，如 catalog.item';
comment on column search.document.ref is '在来源中的编码';
comment on column search.document.language is '语言';
comment on column search.document.title is '标题';
comment on column search.document.title_key is '归一的标题：半角、小写、简体';
comment on column search.document.tags is '筛选标签';
comment on column search.document.visibility is '谁可检索：public 或所需权限';
comment on column search.document.revision is '来源的修订号；未变则不重建';
comment on column search.document.length is '长度（二字组数），用于排序';
comment on column search.document.id is '内容的标识';

create table search.chunk (
  document_id bigint not null references search.document (id) on delete cascade,
  n           integer not null check (n >= 0),
  text        text not null,
  grams       tsvector not null,
  words       tsvector not null,
  primary key (document_id, n)
);
-- Without a pending list: a search must not pay for what was indexed just before it.
create index chunk_grams on search.chunk using gin (grams) with (fastupdate = off);
create index chunk_words on search.chunk using gin (words) with (fastupdate = off);
comment on table search.chunk is '内容的一段（至多 4000 字，前后重叠）；第 0 段为标题';
comment on column search.chunk.document_id is '所属内容';
comment on column search.chunk.n is '第几段；0 为标题（权重 A）';
comment on column search.chunk.text is '原文';
comment on column search.chunk.grams is '二字组及位置：逐字查全';
comment on column search.chunk.words is '三字以上的词：用于排序';
