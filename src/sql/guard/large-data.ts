/** UTF-16 units from which on a text takes so long to be read that it is looked through for words first. */
const large = 65_536;
/** What could be asked about needs one of these; a quoted name may hide them in escapes. */
const telling =
  /\b(?:delete|update|merge|drop|truncate|alter|grant|copy|do|call|execute|explain|select|table|pg_\w+|lo_\w+|dblink\w*|heap_force_\w+)\b|"(?:pg_|lo_|dblink|heap_)|\bu&"/i;

/** Whether a text is so large that reading it would hold up the screen, and holds nothing but data as its words show: INSERT … VALUES. */
export function isLargeData(sql: string): boolean {
  return sql.length >= large && !telling.test(sql);
}
