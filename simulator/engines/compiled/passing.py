"""How tables reach compiled code: as one address, however many arrays they are.

A tuple of fifty arrays would be taken apart and put together again at every call between kernels. Compiled, `t`
is the address of a directory with the place and the length of every array, and `t.lines` reads these two. An index
counts from 0 and is not checked. Interpreted, `t` is the tuple itself, and Python does what it always does.
"""

import operator
from typing import Any

import numba
from llvmlite import ir
from numba.core import cgutils, types
from numba.core.extending import (
    NativeValue,
    infer_getattr,
    lower_builtin,
    lower_getattr_generic,
    models,
    register_model,
    typeof_impl,
    unbox,
)
from numba.core.typing.templates import AbstractTemplate, AttributeTemplate, infer_global, signature
from numba.np.arrayobj import make_array, populate_array

from simulator.engines.compiled.layout import KINDS, Tables

WORD = ir.IntType(64)
SLICED = {"params"}
"""Tables that are cut into slices: arrays to compiled code."""


class TablesType(types.Type):
    """The address of a directory."""

    def __init__(self) -> None:
        super().__init__(name="Tables")


class TableType(types.Type):
    """Where the items of one kind begin, and how many there are."""

    def __init__(self, item: types.Type) -> None:
        self.item = item
        super().__init__(name=f"Table({item})")


@register_model(TableType)
class _TableModel(models.StructModel):
    def __init__(self, manager: Any, kind: TableType) -> None:
        super().__init__(manager, kind, [("data", types.voidptr), ("count", types.intp)])


register_model(TablesType)(models.OpaqueModel)
TABLES = TablesType()
ITEMS = {name: numba.from_dtype(kind) for name, kind in KINDS.items()}
TYPES = {
    name: types.Array(item, 1, "C") if name in SLICED else TableType(item) for name, item in ITEMS.items()
}
PLACES = {name: 2 * place for place, name in enumerate(KINDS)}


@typeof_impl.register(Tables)
def _typeof(value: Tables, context: Any) -> TablesType:
    return TABLES


@unbox(TablesType)
def _unbox(kind: TablesType, value: Any, context: Any) -> NativeValue:
    address = context.pyapi.object_getattr_string(value, "address")
    pointer = context.pyapi.long_as_voidptr(address)
    context.pyapi.decref(address)
    return NativeValue(pointer, is_error=cgutils.is_not_null(context.builder, context.pyapi.err_occurred()))


@infer_getattr
class _Attributes(AttributeTemplate):
    key = TablesType

    def generic_resolve(self, kind: TablesType, name: str) -> types.Type | None:
        return TYPES.get(name)


@lower_getattr_generic(TablesType)
def _get_table(context: Any, builder: Any, kind: TablesType, value: Any, name: str) -> Any:
    directory = builder.bitcast(value, WORD.as_pointer())
    address, count = (_fixed(builder, directory, PLACES[name] + offset) for offset in (0, 1))
    if name in SLICED:
        array = make_array(TYPES[name])(context, builder)
        size = ir.Constant(WORD, KINDS[name].itemsize)
        data = builder.inttoptr(address, array.data.type)
        populate_array(array, data=data, shape=[count], strides=[size], itemsize=size, meminfo=None)
        return array._getvalue()
    table = cgutils.create_struct_proxy(TYPES[name])(context, builder)
    table.data = builder.inttoptr(address, cgutils.voidptr_t)
    table.count = count
    return table._getvalue()


def _fixed(builder: Any, directory: Any, place: int) -> Any:
    """Read a word that no kernel writes, so that it need not be read again after every store."""
    word = builder.load(builder.gep(directory, [ir.Constant(WORD, place)]))
    word.set_metadata("invariant.load", builder.module.add_metadata([]))
    return word


@infer_global(operator.getitem)
class _GetItem(AbstractTemplate):
    def generic(self, args: Any, kws: Any) -> Any:
        if isinstance(args[0], TableType) and isinstance(args[1], types.Integer):
            return signature(args[0].item, args[0], types.intp)
        return None


@infer_global(operator.setitem)
class _SetItem(AbstractTemplate):
    def generic(self, args: Any, kws: Any) -> Any:
        if isinstance(args[0], TableType) and isinstance(args[1], types.Integer):
            return signature(types.none, args[0], types.intp, args[0].item)
        return None


@infer_global(len)
class _Length(AbstractTemplate):
    def generic(self, args: Any, kws: Any) -> Any:
        return signature(types.intp, args[0]) if isinstance(args[0], TableType) else None


def _place(context: Any, builder: Any, kind: TableType, value: Any, index: Any) -> Any:
    """Return the pointer to an item."""
    table = cgutils.create_struct_proxy(kind)(context, builder, value)
    items = builder.bitcast(table.data, context.get_data_type(kind.item).as_pointer())
    return builder.gep(items, [index])


@lower_builtin(operator.getitem, TableType, types.Integer)
def _get_item(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    return context.unpack_value(builder, sig.return_type, _place(context, builder, sig.args[0], *args))


@lower_builtin(operator.setitem, TableType, types.Integer, types.Any)
def _set_item(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    table, index, item = args
    context.pack_value(builder, sig.args[2], item, _place(context, builder, sig.args[0], table, index))
    return context.get_dummy_value()


@lower_builtin(len, TableType)
def _length(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    return cgutils.create_struct_proxy(sig.args[0])(context, builder, args[0]).count
