-- What a program made of the records; they themselves stay.
DELETE FROM stream;
DELETE FROM judged;
DELETE FROM agreement;
DELETE FROM past;
DELETE FROM author;
DELETE FROM signed;
DELETE FROM node;
DELETE FROM found WHERE of_record = 1;
