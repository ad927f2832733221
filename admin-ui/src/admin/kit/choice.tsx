import { Select } from 'antd';
import { useTerm } from '../app/i18n';
import { TabOut } from './tab-out';

interface Props {
  id?: string;
  group: string;
  values: readonly string[];
  value?: string | undefined;
  onChange?: (value: string | undefined) => void;
  placeholder?: string;
  allowClear?: boolean;
  disabled?: boolean;
  'aria-label'?: string;
}

/** One value of an enum, in words. */
export function TermSelect({ group, values, ...rest }: Props) {
  const term = useTerm();
  return (
    <Select<string>
      {...rest}
      {...(rest.value === undefined ? {} : { value: rest.value })}
      options={values.map((value) => ({ value, label: term(group, value) }))}
      popupMatchSelectWidth={false}
      style={{ width: '100%' }}
    />
  );
}

/** Several values of an enum. */
export function TermMulti({
  id,
  group,
  values,
  value,
  onChange,
  placeholder,
}: Omit<Props, 'value' | 'onChange'> & { value?: string[]; onChange?: (value: string[]) => void }) {
  const term = useTerm();
  return (
    <TabOut>
      <Select<string[]>
        {...(id ? { id } : {})}
        mode="multiple"
        value={value ?? []}
        {...(onChange ? { onChange } : {})}
        {...(placeholder ? { placeholder } : {})}
        options={values.map((v) => ({ value: v, label: term(group, v) }))}
        optionFilterProp="label"
        style={{ width: '100%' }}
      />
    </TabOut>
  );
}
