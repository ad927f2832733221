import type { Rule } from 'antd/es/form';
import { useT } from '../app/i18n';

/** For groups of checkboxes, where `required` would put an attribute on the group that it may not bear. */
export function atLeastOne(message: string): Rule {
  return {
    validator: (_, value: unknown[] | undefined) =>
      value?.length ? Promise.resolve() : Promise.reject(new Error(message)),
  };
}

/** The rule of a field that may not stay empty, in words that name it. */
export function useRequired() {
  const t = useT();
  return (field: string): Rule[] => [{ required: true, message: t('form.required', { field }) }];
}
