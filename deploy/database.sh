#!/bin/sh
# 第一次启动数据库时执行一次:与 docs/operations.md“数据库”一节相同。
set -eu
psql -v ON_ERROR_STOP=1 -U postgres -d postgres -v password="$OWNER_PASSWORD" <<'END'
CREATE ROLE hotline_owner LOGIN CREATEROLE PASSWORD :'password';
END
createdb -U postgres hotline --owner hotline_owner --encoding UTF8 --template template0 --locale C.UTF-8 --locale-provider icu --icu-locale zh-CN
psql -v ON_ERROR_STOP=1 -U postgres -d hotline -c 'CREATE EXTENSION IF NOT EXISTS pg_trgm'
