-- overview
SELECT COUNT(*) AS "rows", COUNT("t0"."text") AS "filled_0", COUNT("t0"."integer") AS "filled_1", COUNT("t0"."float") AS "filled_2", COUNT("t0"."spelled") AS "filled_3", COUNT("t0"."opaque") AS "filled_4" FROM pupil AS "t0"

-- sample
SELECT COUNT(DISTINCT "t1"."text") AS "differ_0", COUNT(DISTINCT "t1"."spelled") AS "differ_1" FROM (SELECT * FROM pupil AS "t0" LIMIT 20000) AS "t1"

-- groups of texts
SELECT "t1"."text" AS "value", COUNT(*) AS "n" FROM (SELECT "t0"."text" FROM pupil AS "t0" WHERE "t0"."text" IS NOT NULL) AS "t1" GROUP BY 1

-- groups of floats
SELECT "t1"."float" AS "value", CASE WHEN "t1"."float" <> 0 THEN 0 WHEN STARTS_WITH(CAST("t1"."float" AS VARCHAR), '-') THEN 1 ELSE 0 END AS "minus", COUNT(*) AS "n" FROM (SELECT "t0"."float" FROM pupil AS "t0" WHERE "t0"."float" IS NOT NULL) AS "t1" GROUP BY 1, 2

-- plain texts
SELECT "t2"."key", COUNT(*) AS "n", MIN("t2"."length") AS "shortest", MAX("t2"."length") AS "longest" FROM (SELECT CASE WHEN "t1"."text" ~ '([^ -~]|@)' OR LOWER("t1"."text") IN ('apkn', 'wbri') THEN 's' WHEN SUBSTRING(MD5('00ff' || "t1"."text") FROM CASE WHEN (0 + 1) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH(MD5('00ff' || "t1"."text")) END FOR 16) < '1000000000000000' THEN SUBSTRING(MD5('00ff' || "t1"."text") FROM CASE WHEN (0 + 1) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH(MD5('00ff' || "t1"."text")) END FOR 16) ELSE '' END AS "key", LENGTH("t1"."text") AS "length" FROM (SELECT "t0"."text" FROM pupil AS "t0" WHERE "t0"."text" IS NOT NULL) AS "t1") AS "t2" GROUP BY 1

-- plain integers
SELECT "t2"."key", COUNT(*) AS "n" FROM (SELECT CASE WHEN "t1"."integer" BETWEEN 1000000000 AND 9999999999 THEN 's' WHEN TRUE THEN SUBSTRING(MD5('00ff' || CAST("t1"."integer" AS VARCHAR)) FROM CASE WHEN (0 + 1) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH(MD5('00ff' || CAST("t1"."integer" AS VARCHAR))) END FOR 16) ELSE '' END AS "key", LENGTH(CAST("t1"."integer" AS VARCHAR)) AS "length" FROM (SELECT "t0"."integer" FROM pupil AS "t0" WHERE "t0"."integer" IS NOT NULL) AS "t1") AS "t2" GROUP BY 1

-- suspect texts
SELECT "t0"."text" FROM pupil AS "t0" WHERE "t0"."text" IS NOT NULL AND ("t0"."text" ~ '([^ -~]|@)' OR LOWER("t0"."text") IN ('apkn', 'wbri'))

-- suspect integers
SELECT "t0"."integer" FROM pupil AS "t0" WHERE "t0"."integer" IS NOT NULL AND "t0"."integer" BETWEEN 1000000000 AND 9999999999

-- values
SELECT "t0"."text" FROM pupil AS "t0" WHERE "t0"."text" IS NOT NULL

-- cells
SELECT "t0"."text", "t0"."opaque" FROM pupil AS "t0"
