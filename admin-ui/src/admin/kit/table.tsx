import { Table, type TableProps } from 'antd';
import { useEffect, useRef } from 'react';

type Props<R> = TableProps<R> & { 'aria-label'?: string };

/** antd's table, read only by keyboard too: where it scrolls sideways, the part that scrolls can take the focus. */
export function DataTable<R extends object>(props: Props<R>) {
  const box = useRef<HTMLDivElement>(null);
  const label = props['aria-label'];
  useEffect(() => {
    const mark = () => {
      for (const part of box.current?.querySelectorAll<HTMLElement>('.ant-table-content') ?? []) {
        const scrolls = part.scrollWidth > part.clientWidth + 1;
        if (scrolls) part.setAttribute('tabindex', '0');
        else part.removeAttribute('tabindex');
        part.setAttribute('role', 'group');
        part.setAttribute('aria-label', label ?? document.title);
      }
    };
    mark();
    const observer = new ResizeObserver(mark);
    if (box.current) observer.observe(box.current);
    return () => observer.disconnect();
  });
  return (
    <div ref={box}>
      <Table<R> pagination={false} {...props} />
    </div>
  );
}
