-- overview
SELECT COUNT(*) AS "rows", COUNT("t0"."text") AS "filled_0", COUNT("t0"."integer") AS "filled_1", COUNT("t0"."float") AS "filled_2", COUNT("t0"."spelled") AS "filled_3", COUNT("t0"."opaque") AS "filled_4" FROM pupil AS "t0"

-- sample
SELECT COUNT(DISTINCT "t1"."text") AS "differ_0", COUNT(DISTINCT "t1"."spelled") AS "differ_1" FROM (SELECT * FROM pupil AS "t0" LIMIT 20000) AS "t1"

-- groups of texts
SELECT "t1"."value", COUNT(*) AS "n" FROM (SELECT * FROM (SELECT "text" AS "value" FROM pupil AS whole) AS "t0" WHERE "t0"."value" IS NOT NULL) AS "t1" GROUP BY 1

-- groups of floats
SELECT "t1"."value", CASE WHEN "t1"."value" <> 0 THEN 0 WHEN CAST("t1"."value" AS TEXT) LIKE '-' || '%' THEN 1 ELSE 0 END AS "minus", COUNT(*) AS "n" FROM (SELECT * FROM (SELECT "float" AS "value" FROM pupil AS whole) AS "t0" WHERE "t0"."value" IS NOT NULL) AS "t1" GROUP BY 1, 2

-- plain texts
SELECT "t2"."key", COUNT(*) AS "n", MIN("t2"."length") AS "shortest", MAX("t2"."length") AS "longest" FROM (SELECT CASE WHEN _IBIS_REGEX_SEARCH("t1"."value", '([^ -~]|@)') OR LOWER("t1"."value") IN ('apkn', 'wbri') THEN 's' WHEN SUBSTRING(MD5('00ff' || "t1"."value"), IIF((0 + 1) >= 1, 0 + 1, 0 + 1 + LENGTH(MD5('00ff' || "t1"."value"))), 16) < '1000000000000000' THEN SUBSTRING(MD5('00ff' || "t1"."value"), IIF((0 + 1) >= 1, 0 + 1, 0 + 1 + LENGTH(MD5('00ff' || "t1"."value"))), 16) ELSE '' END AS "key", LENGTH("t1"."value") AS "length" FROM (SELECT * FROM (SELECT "text" AS "value" FROM pupil AS whole) AS "t0" WHERE "t0"."value" IS NOT NULL) AS "t1") AS "t2" GROUP BY 1

-- plain integers
SELECT "t2"."key", COUNT(*) AS "n" FROM (SELECT CASE WHEN "t1"."value" BETWEEN 1000000000 AND 9999999999 THEN 's' WHEN SUBSTRING(MD5('00ff' || CAST("t1"."value" AS TEXT)), IIF((0 + 1) >= 1, 0 + 1, 0 + 1 + LENGTH(MD5('00ff' || CAST("t1"."value" AS TEXT)))), 16) < 'g' THEN SUBSTRING(MD5('00ff' || CAST("t1"."value" AS TEXT)), IIF((0 + 1) >= 1, 0 + 1, 0 + 1 + LENGTH(MD5('00ff' || CAST("t1"."value" AS TEXT)))), 16) ELSE '' END AS "key", LENGTH(CAST("t1"."value" AS TEXT)) AS "length" FROM (SELECT * FROM (SELECT "integer" AS "value" FROM pupil AS whole) AS "t0" WHERE "t0"."value" IS NOT NULL) AS "t1") AS "t2" GROUP BY 1

-- suspect texts
SELECT * FROM (SELECT "text" AS "value" FROM pupil AS whole) AS "t0" WHERE "t0"."value" IS NOT NULL AND (_IBIS_REGEX_SEARCH("t0"."value", '([^ -~]|@)') OR LOWER("t0"."value") IN ('apkn', 'wbri'))

-- suspect integers
SELECT * FROM (SELECT "integer" AS "value" FROM pupil AS whole) AS "t0" WHERE "t0"."value" IS NOT NULL AND "t0"."value" BETWEEN 1000000000 AND 9999999999

-- values
SELECT * FROM (SELECT "text" AS "value" FROM pupil AS whole) AS "t0" WHERE "t0"."value" IS NOT NULL

-- cells
SELECT "t0"."text", "t0"."opaque" FROM pupil AS "t0"
