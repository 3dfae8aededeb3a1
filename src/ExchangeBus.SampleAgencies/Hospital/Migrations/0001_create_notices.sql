-- Notices that were sent; a reissue keeps its number.
create table notice (
    number text primary key
);
