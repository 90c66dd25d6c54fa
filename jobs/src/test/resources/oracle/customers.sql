-- Figures that count customers: a customer is one in every cell in which it had anything overdue, and one in all.
-- ${by}: the dimensions, each followed by a comma.
SELECT kpi, ${by} 100.0 * count(DISTINCT customer_id) FILTER (hit) / nullif(count(DISTINCT customer_id), 0) AS value,
       count(DISTINCT customer_id) FILTER (hit) AS numerator, count(DISTINCT customer_id) AS denominator,
       count(DISTINCT customer_id) AS items
FROM person GROUP BY ALL
