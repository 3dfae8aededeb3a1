-- A child born outside a health facility has no birth notice (Law on Civil Status 60/2014, article 16.1).
alter table civil_status_entry alter column birth_notice_number drop not null;
