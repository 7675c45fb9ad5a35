SELECT number, agreement, version, leaf FROM stream ORDER BY number
