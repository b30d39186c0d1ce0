"""The written form of percentiles."""

from typing import TypedDict

Text = str


class PercentileForm(TypedDict, total=False):
    """Some of the percentiles p1 to p99."""

    p1: Text
    p2: Text
    p3: Text
    p4: Text
    p5: Text
    p6: Text
    p7: Text
    p8: Text
    p9: Text
    p10: Text
    p11: Text
    p12: Text
    p13: Text
    p14: Text
    p15: Text
    p16: Text
    p17: Text
    p18: Text
    p19: Text
    p20: Text
    p21: Text
    p22: Text
    p23: Text
    p24: Text
    p25: Text
    p26: Text
    p27: Text
    p28: Text
    p29: Text
    p30: Text
    p31: Text
    p32: Text
    p33: Text
    p34: Text
    p35: Text
    p36: Text
    p37: Text
    p38: Text
    p39: Text
    p40: Text
    p41: Text
    p42: Text
    p43: Text
    p44: Text
    p45: Text
    p46: Text
    p47: Text
    p48: Text
    p49: Text
    p50: Text
    p51: Text
    p52: Text
    p53: Text
    p54: Text
    p55: Text
    p56: Text
    p57: Text
    p58: Text
    p59: Text
    p60: Text
    p61: Text
    p62: Text
    p63: Text
    p64: Text
    p65: Text
    p66: Text
    p67: Text
    p68: Text
    p69: Text
    p70: Text
    p71: Text
    p72: Text
    p73: Text
    p74: Text
    p75: Text
    p76: Text
    p77: Text
    p78: Text
    p79: Text
    p80: Text
    p81: Text
    p82: Text
    p83: Text
    p84: Text
    p85: Text
    p86: Text
    p87: Text
    p88: Text
    p89: Text
    p90: Text
    p91: Text
    p92: Text
    p93: Text
    p94: Text
    p95: Text
    p96: Text
    p97: Text
    p98: Text
    p99: Text


PERCENTILES = tuple(PercentileForm.__annotations__)
