import { Select } from 'antd';
import { useT } from '../app/i18n';

interface Props {
  id?: string;
  value?: boolean | undefined;
  onChange: (value: boolean | undefined) => void;
}

/** Yes, no, or either. */
export function YesNo({ id, value, onChange }: Props) {
  const t = useT();
  return (
    <Select<string>
      {...(id ? { id } : {})}
      allowClear
      placeholder={t('choice.any')}
      value={value === undefined ? null : String(value)}
      onChange={(next?: string) => onChange(next === undefined ? undefined : next === 'true')}
      options={[
        { value: 'true', label: t('choice.yes') },
        { value: 'false', label: t('choice.no') },
      ]}
      style={{ width: '100%' }}
    />
  );
}
