-- What fell within a span of days is counted by post and step; without this every announcement ever made would be read.
create index clock_event_fallen on clock.event (at) where light in ('red', 'black');
