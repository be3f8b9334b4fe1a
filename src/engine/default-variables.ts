import type { VariableAccess } from '../commands/context.ts';

/** The variables every psql starts with besides the hooked ones. */
export function setDefaultVariables(variables: VariableAccess): void {
  variables.set('VERSION', 'howdah 0.1.0, speaking psql 15.18');
  variables.set('VERSION_NAME', '15.18');
  variables.set('VERSION_NUM', '150018');
  variables.set('LAST_ERROR_MESSAGE', '');
  variables.set('LAST_ERROR_SQLSTATE', '00000');
  variables.set('PROMPT1', '%/%R%x%# ');
  variables.set('PROMPT2', '%/%R%x%# ');
  variables.set('PROMPT3', '>> ');
}
