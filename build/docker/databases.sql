-- Run once by the PostgreSQL image on an empty data volume. Every agency has a database of its own.
create database exchangebus;
create database exchangebus_portal;
create database exchangebus_onestop;
create database exchangebus_population;
create database exchangebus_civilstatus;
create database exchangebus_residence;
create database exchangebus_socialinsurance;
create database exchangebus_identity;
create database exchangebus_socialprotection;
create database exchangebus_hospital;
