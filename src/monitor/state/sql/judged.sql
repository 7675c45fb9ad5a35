SELECT agreement, records FROM judged ORDER BY agreement
