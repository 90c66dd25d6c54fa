-- The cure rate of the month to d.
CREATE OR REPLACE TEMP TABLE person AS
SELECT DISTINCT 'cure_rate' AS kpi, ${dims}, customer_id, customer_id IN (FROM cured) AS hit FROM late;
