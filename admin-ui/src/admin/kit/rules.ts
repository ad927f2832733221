import type { Rule } from 'antd/es/form';

/** For groups of checkboxes, where `required` would put an attribute on the group that it may not bear. */
export function atLeastOne(message: string): Rule {
  return {
    validator: (_, value: unknown[] | undefined) =>
      value?.length ? Promise.resolve() : Promise.reject(new Error(message)),
  };
}
